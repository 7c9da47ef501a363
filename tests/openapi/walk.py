"""Walks the open data with schemathesis: as the public and as each class of seat of a demonstration.

No answer may be a fault of the server, be otherwise than the OpenAPI document says, or hold what only a seat sees: the name of
anybody who sits somewhere, or the act that seated them. Whoever is signed in gets the same open data as everybody.

    python walk.py PROGRAM

Needs schemathesis; `./check` sets it up. Exit code 0: nothing was found.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

HOOKS = '''
import os
import pathlib
import schemathesis

HIDDEN = [line for line in pathlib.Path(os.environ["HIDDEN"]).read_text().splitlines() if line]


@schemathesis.check
def nothing_of_the_seats(ctx, response, case):
    found = [word for word in HIDDEN if word in response.text]
    # An answer may say what was asked of it.
    asked = urllib_unquote(str(response.request.url))
    found = [word for word in found if word not in asked]
    assert not found, f"the answer holds what only a seat sees: {found[:3]}"


def urllib_unquote(text):
    from urllib.parse import unquote_plus
    return unquote_plus(text)
'''


class Stay(urllib.request.HTTPRedirectHandler):
    """Keeps the answer of a sign-in, whose cookie is wanted, instead of going where it leads."""

    def redirect_request(self, *_):
        return None


def fetch(address, form=None):
    data = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(address, data=data)
    try:
        return urllib.request.build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as answer:
        return answer


def offers(site):
    """Every seat of the demonstration: the act that filled it, its name, and who sits there."""
    page = fetch(f"{site}/en/take-a-seat").read().decode()
    found = []
    for line in page.split("<li>")[1:]:
        filled = re.search(r'name="seat" value="([^"]+)"', line)
        if filled:
            seat = html.unescape(re.search(r"<h3>(.*?)</h3>", line)[1])
            person = html.unescape(re.search(r'<p class="c-meta">(.*?)</p>', line)[1])
            found.append((filled[1], seat.split(": ")[0], person))
    return found


def walk(site, folder, name, headers, phases, hidden="hidden"):
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", f"{site}/api/v1/openapi.json",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,nothing_of_the_seats",
        "--phases", phases, "--max-examples", "3", "--workers", "2", "--seed", "1", "--warnings", "off", "--no-color", "--max-failures", "5",
    ]
    for header in headers:
        command += ["--header", header]
    environment = dict(os.environ, SCHEMATHESIS_HOOKS="seats_hooks", PYTHONPATH=folder, HIDDEN=os.path.join(folder, hidden))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder, check=False)
    cases = re.search(r"(\d+) generated", done.stdout)
    print(f"{name}: {cases[1] if cases else '?'} requests, exit {done.returncode}", flush=True)
    if done.returncode != 0 and hidden == "hidden":
        print(done.stdout[-4000:], done.stderr[-2000:])
    # A run in which nothing was asked has shown nothing.
    if hidden != "hidden":
        return done.returncode == 0
    return done.returncode == 0 and cases is not None and int(cases[1]) > 50


def main():
    program = os.path.abspath(sys.argv[1])
    environment = dict(os.environ, COMITY_PORT="0", COMITY_LOG="error")
    site = subprocess.Popen([program, "demo"], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        address = next(line.strip().rstrip("/") for line in site.stdout if line.startswith("http://"))
        seats = offers(address)
        assert len(seats) > 20, seats
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "seats_hooks.py"), "w", encoding="utf-8") as file:
                file.write(HOOKS)
            with open(os.path.join(folder, "hidden"), "w", encoding="utf-8") as file:
                file.write("\n".join(word for filled, _, person in seats for word in (filled, person)))
            with open(os.path.join(folder, "shown"), "w", encoding="utf-8") as file:
                file.write("Honduras\n")
            # The check must find what is there, or it finds nothing elsewhere either.
            assert not walk(address, folder, "its twin, which must fail", [], "fuzzing", "shown")
            good = walk(address, folder, "public", [], "examples,coverage,fuzzing")
            walked = set()
            for filled, seat, _ in seats:
                if seat in walked:
                    continue
                walked.add(seat)
                answer = fetch(f"{address}/en/take-a-seat", {"seat": filled})
                cookie = answer.headers["set-cookie"].split(";")[0]
                good &= walk(address, folder, seat, [f"Cookie: {cookie}"], "fuzzing")
            print(f"{len(walked)} classes of seat and the public")
            return 0 if good and len(walked) >= 15 else 1
    finally:
        site.kill()


if __name__ == "__main__":
    sys.exit(main())
