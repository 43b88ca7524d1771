// Sends a binary and a structured event: node cloudevents.mjs URL. Prints the statuses.
import { CloudEvent, emitterFor, Mode } from 'cloudevents';

const send = async (message) => {
  const response = await fetch(process.argv[2], { method: 'POST', headers: message.headers, body: message.body });
  console.log(response.status);
};
const event = (id, status) => new CloudEvent({
  id,
  source: '/probe',
  type: 'org.knockon.system-health.v1',
  time: '2026-03-02T09:00:00Z',
  data: { systemId: id, status },
});
await emitterFor(send, { mode: Mode.BINARY })(event('ce-binary', 'UP'));
await emitterFor(send, { mode: Mode.STRUCTURED })(event('ce-structured', 'DOWN'));
