// Sends one message: node simple-hl7.mjs PORT. Prints the acknowledgement.
import hl7 from 'simple-hl7';

const client = hl7.Server.createTcpClient('127.0.0.1', Number(process.argv[2]));
const message = new hl7.Message('PAS', 'RJ1', 'KNOCKON', 'RJ1', '20260302090000', '', ['SIU', 'S12', 'SIU_S12'], 'SIMPLE1', 'P', '2.4');
message.addSegment('SCH', '', 'SIMPLE1', '', '', '', '', '', '', '30', 'MIN', ['', '', '', '202603100930']);
message.addSegment('AIL', '1', '', 'CLINIC1');
client.send(message, (error, answer) => {
  if (error) {
    throw error;
  }
  console.log(`${answer.getSegment('MSA').getField(1)} ${answer.getSegment('MSA').getField(2)}`);
  process.exit(0);
});
