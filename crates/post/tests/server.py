"""A mail server for the tests: it speaks as its arguments say, and prints what it was given, one JSON object a line."""

import asyncio
import json
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
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
            }
        )
        if envelope.rcpt_tos[0].startswith("lost"):
            server.transport.abort()
            await asyncio.sleep(0.2)
        return "250 OK"


def told(what):
    print(json.dumps(what), flush=True)


def main():
    folder, how = sys.argv[1], sys.argv[2]
    authority, other = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(f"{folder}/authority.pem")
    name = "elsewhere.example" if how == "name" else "localhost"
    certificate = (other if how == "authority" else authority).issue_cert(name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    wrapped = how in ("tls", "name", "authority")

    def authenticate(server, session, envelope, mechanism, data):
        session.user = data.login.decode()
        return AuthResult(success=data.password == b"a secret")

    def factory():
        return SMTP(
            Handler(),
            hostname="localhost",
            tls_context=context if how == "starttls" else None,
            require_starttls=how == "starttls",
            authenticator=authenticate,
            auth_require_tls=not wrapped,
        )

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(factory, "127.0.0.1", 0, ssl=context if wrapped else None)
        told({"port": server.sockets[0].getsockname()[1]})
        await server.serve_forever()

    asyncio.run(serve())


main()
