// An integration engine with kafkajs, written against docs/events. It reads TOPIC from its beginning to what is its end now,
// and prints what it then knows: for each subject how many events there were, and what the last version is.
// KAFKA, TOKENS, CLIENT and SECRET say where, and as whom.

import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;
const { KAFKA, TOKENS, CLIENT, SECRET, TOPIC } = process.env;

// the events are compressed with lz4, which kafkajs leaves to others
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (bytes) => Buffer.from(lz4.decompress(bytes)),
});

async function token() {
  const answer = await fetch(TOKENS, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: CLIENT, client_secret: SECRET }),
  });
  if (!answer.ok) {
    throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  }
  return { value: (await answer.json()).access_token };
}

const kafka = new Kafka({
  clientId: CLIENT,
  brokers: [KAFKA],
  sasl: { mechanism: 'oauthbearer', oauthBearerProvider: token },
  logLevel: logLevel.ERROR,
});

const subjects = {};

// Twice, late and after a restart: the version decides.
function apply({ headers }) {
  const known = (subjects[headers.ce_subject] ??= { events: 0, version: 0, deleted: false });
  known.events++;
  const version = Number(headers.ce_sequence);
  if (version > known.version) {
    known.version = version;
    known.deleted = /\.deleted\.v1$/.test(headers.ce_type);
  }
}

// By partition, the offset behind the last record; partitions without one are not there.
async function ends() {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(TOPIC);
    return new Map(
      offsets.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, Number(high)]),
    );
  } finally {
    await admin.disconnect();
  }
}

async function read(left) {
  const consumer = kafka.consumer({ groupId: `${CLIENT}-node-${randomUUID()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
    await new Promise((end, fail) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
      consumer
        .run({
          eachMessage: async ({ partition, message }) => {
            if (left.size > 0) {
              apply(message);
            }
            if (Number(message.offset) + 1 >= left.get(partition)) {
              left.delete(partition);
            }
            if (left.size === 0) {
              end();
            }
          },
        })
        .catch(fail);
    });
  } finally {
    await consumer.disconnect();
  }
}

async function run() {
  try {
    const left = await ends();
    if (left.size > 0) {
      await read(left);
    }
    console.log(JSON.stringify(subjects));
  } catch (error) {
    console.log(`failed: ${error.stack}`);
    process.exitCode = 1;
  }
}

run();
