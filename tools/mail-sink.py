"""A mail server that delivers nothing: every message becomes two files in a folder.

NNNNNN.eml holds the message as it was received, NNNNNN.json the envelope (`from`, `to`). The
envelope is put in place last: whoever sees it can read the message.

To test what happens when mail fails, two recipients are special at any domain: `refused@` is
refused for good (550), `later@` for now (451).

Usage: mail-sink.py FOLDER. Prints the port it listens on (loopback only), then serves until killed.
"""

import asyncio
import itertools
import json
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

ANSWERS = {
    "refused": "550 5.1.1 No such mailbox",
    "later": "451 4.3.0 Try again later",
}
MESSAGE_BYTES_MAX = 32 * 1024 * 1024


class Sink:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        answer = ANSWERS.get(address.partition("@")[0])
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        name = f"{next(self.numbers):06}"
        (self.folder / f"{name}.eml").write_bytes(envelope.original_content)
        unfinished = self.folder / f"{name}.unfinished"
        unfinished.write_text(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos}))
        unfinished.rename(self.folder / f"{name}.json")
        return "250 OK"


async def serve(folder: Path) -> None:
    sink = Sink(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, enable_SMTPUTF8=True, data_size_limit=MESSAGE_BYTES_MAX, loop=loop),
        host="127.0.0.1",
        port=0,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
