// A clinical app's whole round with fhir-kit-client. FHIR_BASE and TOKEN say where, and as whom.
// Each step that went well is a line "ok …"; the first that did not ends the round with a line "failed …".

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CapabilityTool, Client } from 'fhir-kit-client';

const client = new Client({ baseUrl: process.env.FHIR_BASE, bearerToken: process.env.TOKEN });
const SYSTEM = 'urn:example:javascript';
const run = randomUUID();

const identifier = (value) => [{ system: SYSTEM, value: `${run}-${value}` }];
const criteria = (value) => ({ identifier: `${SYSTEM}|${run}-${value}` });
const patient = (value) => ({
  resourceType: 'Patient',
  identifier: identifier(value),
  name: [{ family: `Script-${run}`, given: [value] }],
});
const encounter = (subject) => ({
  resourceType: 'Encounter',
  status: 'planned',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: subject },
});
const response = (answer) => Client.httpFor(answer).response;
const created = async (value) => client.create({ resourceType: 'Patient', body: patient(value) });

async function refused(status, promise) {
  const error = await promise.then(() => assert.fail(`was not refused with ${status}`), (thrown) => thrown);
  assert.equal(error.response?.status, status, String(error));
  assert.equal(error.response.data.resourceType, 'OperationOutcome');
}

const steps = {
  async capabilities() {
    const tool = new CapabilityTool(await client.capabilityStatement());
    for (const interaction of ['create', 'read', 'vread', 'update', 'patch', 'delete', 'search-type']) {
      assert.ok(tool.resourceCan('Patient', interaction), interaction);
    }
    assert.ok(tool.serverCan('transaction'));
    assert.ok(tool.resourceSearch('Patient', 'family'));
  },

  async createAndRead() {
    const written = await created('read');
    assert.equal(response(written).status, 201);
    assert.ok(response(written).headers.get('location').endsWith(`/Patient/${written.id}/_history/1`));
    const read = await client.read({ resourceType: 'Patient', id: written.id });
    assert.deepEqual(read, written);
    assert.equal(response(read).headers.get('etag'), 'W/"1"');
  },

  async updateAndVread() {
    const first = await created('update');
    const second = await client.update({
      resourceType: 'Patient',
      id: first.id,
      body: { ...first, gender: 'female' },
      options: { headers: { 'If-Match': 'W/"1"' } },
    });
    assert.equal(second.meta.versionId, '2');
    await refused(412, client.update({
      resourceType: 'Patient',
      id: first.id,
      body: { ...first, gender: 'male' },
      options: { headers: { 'If-Match': 'W/"1"' } },
    }));
    assert.deepEqual(await client.vread({ resourceType: 'Patient', id: first.id, version: '1' }), first);
  },

  async updateAsCreate() {
    const id = `own-${run}`;
    const written = await client.update({ resourceType: 'Patient', id, body: { ...patient('own'), id } });
    assert.equal(response(written).status, 201);
    assert.equal(written.id, id);
  },

  async patch() {
    const written = await created('patch');
    const patched = await client.patch({
      resourceType: 'Patient',
      id: written.id,
      jsonPatch: [
        { op: 'test', path: '/name/0/given/0', value: 'patch' },
        { op: 'add', path: '/birthDate', value: '1936-04-01' },
      ],
    });
    assert.equal(patched.birthDate, '1936-04-01');
    assert.equal(patched.meta.versionId, '2');
  },

  async deleteAndHistory() {
    const written = await created('delete');
    await client.update({ resourceType: 'Patient', id: written.id, body: { ...written, active: true } });
    const deleted = await client.delete({ resourceType: 'Patient', id: written.id });
    assert.equal(response(deleted).status, 204);
    await refused(410, client.read({ resourceType: 'Patient', id: written.id }));
    const history = await client.resourceHistory({ resourceType: 'Patient', id: written.id });
    assert.deepEqual(history.entry.map((entry) => entry.request.method), ['DELETE', 'PUT', 'POST']);
    const ofType = await client.typeHistory({ resourceType: 'Patient' });
    assert.equal(ofType.type, 'history');
    assert.ok(ofType.entry.length > 0);
  },

  async searchPageByPage() {
    const written = [];
    for (const value of ['page-1', 'page-2', 'page-3', 'page-4', 'page-5']) {
      written.push((await client.create({
        resourceType: 'Patient',
        body: { ...patient(value), name: [{ family: `Pages-${run}` }] },
      })).id);
    }
    const found = [];
    let page = await client.resourceSearch({
      resourceType: 'Patient',
      searchParams: { family: `Pages-${run}`, _count: 2 },
    });
    while (page) {
      found.push(...page.entry.map((entry) => entry.resource.id));
      page = await client.nextPage({ bundle: page });
    }
    assert.deepEqual(found.sort(), written.sort());
  },

  async conditions() {
    const options = { headers: { 'If-None-Exist': new URLSearchParams(criteria('condition')).toString() } };
    const first = await client.create({ resourceType: 'Patient', body: patient('condition'), options });
    const again = await client.create({ resourceType: 'Patient', body: patient('condition'), options });
    assert.deepEqual([response(first).status, response(again).status], [201, 200]);
    assert.equal(again.id, first.id);
    const updated = await client.update({
      resourceType: 'Patient',
      searchParams: criteria('condition'),
      body: { ...patient('condition'), gender: 'other' },
    });
    assert.deepEqual([updated.id, updated.meta.versionId], [first.id, '2']);
    await client.request(`Patient?${new URLSearchParams(criteria('condition'))}`, { method: 'DELETE' });
    await refused(410, client.read({ resourceType: 'Patient', id: first.id }));
  },

  async transaction() {
    const answer = await client.transaction({
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:6a1c1a5e-2b5d-4c3e-8f0a-000000000001',
            resource: patient('transaction'),
            request: { method: 'POST', url: 'Patient' },
          },
          {
            resource: {
              resourceType: 'RelatedPerson',
              patient: { reference: 'urn:uuid:6a1c1a5e-2b5d-4c3e-8f0a-000000000001' },
            },
            request: { method: 'POST', url: 'RelatedPerson' },
          },
        ],
      },
    });
    assert.deepEqual(answer.entry.map((entry) => entry.response.status.slice(0, 3)), ['201', '201']);
    const [who, related] = answer.entry.map((entry) => entry.response.location.match(/[A-Z]\w+\/[^/]+/)[0]);
    const read = await client.read({ resourceType: 'RelatedPerson', id: related.split('/')[1] });
    assert.equal(read.patient.reference, who);
  },

  async batchOverServices() {
    const written = await created('batch');
    const answer = await client.batch({
      body: {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { resource: encounter(`Patient/${written.id}`), request: { method: 'POST', url: 'Encounter' } },
          { request: { method: 'GET', url: `Patient/${written.id}` } },
          { request: { method: 'GET', url: 'Patient/nobody' } },
        ],
      },
    });
    assert.deepEqual(answer.entry.map((entry) => entry.response.status.slice(0, 3)), ['201', '200', '404']);
    assert.equal(answer.entry[1].resource.id, written.id);
  },

  async references() {
    const written = await created('reference');
    const visit = await client.create({ resourceType: 'Encounter', body: encounter(`Patient/${written.id}`) });
    const subject = await client.resolve({ reference: visit.subject.reference, context: visit });
    assert.deepEqual(subject, written);
    await refused(422, client.create({ resourceType: 'Encounter', body: encounter('Patient/nobody') }));
  },

  async operations() {
    const written = await created('operation');
    const target = { resourceType: 'Patient', id: written.id };
    const tag = { system: SYSTEM, code: 'seen' };
    await client.operation({
      ...target,
      name: '$meta-add',
      input: { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: { tag: [tag] } }] },
    });
    const meta = await client.operation({ ...target, name: '$meta', method: 'GET' });
    assert.deepEqual(meta.parameter[0].valueMeta.tag, [tag]);
    const outcome = await client.operation({
      resourceType: 'Patient',
      name: '$validate',
      input: { resourceType: 'Patient', nmae: [] },
    });
    assert.ok(outcome.issue.some((issue) => issue.severity === 'error'));
  },

  async refusals() {
    await refused(400, client.create({ resourceType: 'Patient', body: { resourceType: 'Patient', nmae: [] } }));
    await refused(400, client.resourceSearch({ resourceType: 'Patient', searchParams: { shoesize: 43 } }));
    await refused(404, client.read({ resourceType: 'Patient', id: 'nobody' }));
    await refused(401, new Client({ baseUrl: process.env.FHIR_BASE }).read({ resourceType: 'Patient', id: 'nobody' }));
  },
};

async function round() {
  console.log(`Node.js ${process.version}`);
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`failed ${name}: ${error.stack}\n${JSON.stringify(error.response ?? {})}`);
      process.exitCode = 1;
      return;
    }
  }
}

round();
