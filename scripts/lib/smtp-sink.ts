/**
 * A mail server that accepts everything and keeps nothing but a line for each mail: Message-ID and the moment (nanoseconds of
 * the machine's monotonic clock), written before it answers 250. For measuring and for crashes: it is killed and started
 * again on the same port and file. `node --import tsx scripts/lib/smtp-sink.ts FILE [PORT [PAUSE_MS]]` prints its port.
 */
import { openSync, writeSync } from "node:fs";
import { createServer, type Socket } from "node:net";

const [, , file, port = "0", pause = "0"] = process.argv;
if (!file) throw new Error("name the file to write to");
const heard = openSync(file, "a");

function serve(socket: Socket): void {
  let data: string | null = null;
  let rest = "";
  const say = (line: string) => socket.write(`${line}\r\n`);
  const accept = (message: string) => {
    const id = /^message-id:\s*(\S+)/im.exec(message)?.[1] ?? "none";
    writeSync(heard, `${id} ${process.hrtime.bigint()}\n`);
    say("250 2.0.0 accepted");
  };
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "DATA") {
      data = "";
      say("354 go on");
    } else if (verb === "QUIT") {
      say("221 2.0.0 bye");
      socket.end();
    } else say(verb === "EHLO" ? "250 sink" : "250 2.0.0 ok");
  };
  const take = () => {
    for (;;) {
      if (data === null) {
        const end = rest.indexOf("\r\n");
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        command(line);
      } else {
        data += rest;
        const end = data.indexOf("\r\n.\r\n");
        if (end < 0) {
          rest = "";
          return;
        }
        const message = data.slice(0, end);
        rest = data.slice(end + 5);
        data = null;
        if (Number(pause) > 0) setTimeout(() => accept(message), Number(pause));
        else accept(message);
      }
    }
  };
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    rest += chunk;
    take();
  });
  socket.on("error", () => {}); // a client that was killed in the middle
  say("220 sink ESMTP");
}

const server = createServer(serve);
server.listen(Number(port), "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address ? address.port : "");
});
process.on("SIGTERM", () => process.exit(0));
