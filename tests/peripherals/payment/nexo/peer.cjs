// The client of a terminal's vendor. Reads one JSON object from standard input, writes one to standard output.
//   {mode: "talk", library, endpoint, ca, key, messages}: sends each message to a terminal, gives each answer.
//   {mode: "open", library, key, type, secured}: decrypts envelopes, and passes what is in them through the client's types.
const { readFileSync } = require("fs");
const given = JSON.parse(readFileSync(0, "utf-8"));
const { Client, Config, EnvironmentEnum, NexoCrypto, TerminalLocalAPI } = require(given.library);
const { ObjectSerializer } = require(`${given.library}/lib/src/typings/terminal/models`);

async function attempt(work) {
  try {
    return { ok: await work() };
  } catch (error) {
    return { error: error.name, message: String(error.message) };
  }
}

async function talk() {
  const config = new Config({
    environment: EnvironmentEnum.TEST,
    apiKey: "unused",
    certificatePath: given.ca,
    terminalApiLocalEndpoint: given.endpoint,
    connectionTimeoutMillis: 200000,
  });
  const api = new TerminalLocalAPI(new Client(config));
  const plain = (answer) => ObjectSerializer.serialize(answer, "TerminalApiResponse");
  return Promise.all(given.messages.map((each) => attempt(async () => plain(await api.request(each, given.key)))));
}

async function open() {
  const crypto = new NexoCrypto();
  return Promise.all(
    given.secured.map((each) =>
      attempt(() => {
        const message = JSON.parse(crypto.decrypt(each, given.key));
        // It writes requests and reads answers; a request goes one way only, for it has no use of reading one.
        const read = given.type.endsWith("Response") ? ObjectSerializer.deserialize(message, given.type) : message;
        return { message, typed: ObjectSerializer.serialize(read, given.type) };
      }),
    ),
  );
}

(given.mode === "talk" ? talk() : open()).then((answers) => process.stdout.write(JSON.stringify(answers)));
