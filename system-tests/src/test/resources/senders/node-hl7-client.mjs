// Sends two messages, the second after the first is answered: node node-hl7-client.mjs PORT. Prints the acknowledgements.
import { Client, Message } from 'node-hl7-client';

const siu = (id, slot) => [
  `MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^S12^SIU_S12|${id}|P|2.4`,
  `SCH||${id}|||||||30|MIN|^^^${slot}`,
  'AIL|1||CLINIC1',
].join('\r');

const client = new Client({ host: '127.0.0.1', version: '2.4' });
let answered = 0;
const connection = client.createConnection({ port: Number(process.argv[2]) }, async (response) => {
  console.log(response.getMessage().toString().split('\r').find((line) => line.startsWith('MSA')));
  if (++answered === 2) {
    process.exit(0);
  }
  await connection.sendMessage(new Message({ text: siu('NODE2', 'no time') }));
});
await connection.sendMessage(new Message({ text: siu('NODE1', '202603100930') }));
