"""A mail server for the tests: it speaks as its arguments say, and prints what it was given, one JSON object a line."""

import asyncio
import email
import email.policy
import json
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult


seen = set()


def first(address):
    """Whether an address is heard of for the first time."""
    new = address not in seen
    seen.add(address)
    return new


class Server(SMTP):
    async def smtp_DATA(self, arg):
        to = self.envelope.rcpt_tos
        if to and to[0].startswith("broken") and first(to[0]):
            await self.push("354 go on")
            told({"broken": (await self._reader.readline()).decode("utf-8", "replace")})
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("grey") and first(address):
            return "451 4.7.1 greylisted, come back in a minute"
        if address.startswith("unknown"):
            return "550 5.1.1 no such user"
        if address.startswith("busy"):
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        told(
            {
                "to": envelope.rcpt_tos,
                "tls": session.ssl is not None,
                "user": getattr(session, "user", None),
                "text": envelope.content.decode("utf-8", "replace"),
                "read": read(envelope.content),
            }
        )
        to = envelope.rcpt_tos[0]
        if to.startswith("slow"):
            await asyncio.sleep(2)
        if to.startswith("lost") or to.startswith("once-lost") and first(to):
            server.transport.abort()
            await asyncio.sleep(0.2)
        return "250 OK"


def read(content):
    """The letter as a program for mail shows it."""
    letter = email.message_from_bytes(content, policy=email.policy.default)
    return {
        "subject": str(letter["subject"]),
        "from": str(letter["from"]),
        "to": str(letter["to"]),
        "parts": [[part.get_content_type(), part.get_content().replace("\r\n", "\n")] for part in letter.iter_parts()],
    }


def told(what):
    print(json.dumps(what), flush=True)


def main():
    folder, how = sys.argv[1], sys.argv[2]
    authority, other = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(f"{folder}/authority.pem")
    # Then what is wrong with it: nothing, its name or its authority.
    how, _, wrong = how.partition("/")
    name = "elsewhere.example" if wrong == "name" else "localhost"
    certificate = (other if wrong == "authority" else authority).issue_cert(name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    wrapped = how == "tls"

    def authenticate(server, session, envelope, mechanism, data):
        session.user = data.login.decode()
        # Also a login that fails is told: some must not even be tried.
        told({"login": session.user, "tls": wrapped or session.ssl is not None})
        return AuthResult(success=data.password == b"a secret", handled=False)

    def factory():
        return Server(
            Handler(),
            hostname="localhost",
            tls_context=context if how == "starttls" else None,
            require_starttls=how == "starttls",
            authenticator=authenticate,
            # Offered without TLS too, so that a sender could make the mistake. Nobody knows here that TLS is around it all.
            auth_require_tls=how == "starttls",
        )

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(factory, "127.0.0.1", 0, ssl=context if wrapped else None)
        told({"port": server.sockets[0].getsockname()[1]})
        await server.serve_forever()

    asyncio.run(serve())


main()
