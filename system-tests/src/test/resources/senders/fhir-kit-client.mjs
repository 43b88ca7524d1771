// Creates, updates and sends a transaction: node fhir-kit-client.mjs BASE. Prints the outcomes.
import { Client } from 'fhir-kit-client';

const client = new Client({ baseUrl: process.argv[2] });
const appointment = (id, status) => ({
  resourceType: 'Appointment',
  ...(id ? { id } : {}),
  identifier: [{ system: 'https://rj1.example/appointment', value: id ?? 'KIT1' }],
  status,
  start: '2026-03-10T09:30:00Z',
  end: '2026-03-10T10:00:00Z',
  participant: [{ actor: { reference: 'Location/clinic1' }, status: 'accepted' }],
  meta: { lastUpdated: '2026-03-02T09:00:00Z' },
});

const statement = await client.capabilityStatement();
console.log(`metadata ${statement.fhirVersion}`);
const created = await client.create({ resourceType: 'Appointment', body: appointment(undefined, 'booked') });
console.log(`create ${Client.httpFor(created).response.status}`);
const updated = await client.update({ resourceType: 'Appointment', id: 'KIT2', body: appointment('KIT2', 'booked') });
console.log(`update ${Client.httpFor(updated).response.status}`);
const transaction = await client.transaction({
  body: {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource: appointment('KIT3', 'booked'), request: { method: 'PUT', url: 'Appointment/KIT3' } }],
  },
});
console.log(`transaction ${transaction.type} ${transaction.entry[0].response.status}`);
