import type { Redis } from 'ioredis';
import { InvalidInput } from '../../scenario/text/faults.js';

/** How often a Redis that isn't there is tried: at first, and when it goes while work is under way. */
const triesAtFirst = 3;
const triesUnderWay = 120;
/** Between two tries [ms]. */
const waitBetween = 500;

/** A Redis by its address, checked. */
export interface QueueAddress {
  /** With the password, if it has one; never to be shown. */
  readonly url: string;
  /** The same without user and password. */
  readonly shown: string;
}

/** Reads `redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]`, or `rediss://…` for TLS; throws InvalidInput. */
export function queueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url !== undefined && (url.protocol === 'redis:' || url.protocol === 'rediss:') && url.hostname !== '';
  if (!isRedis || !/^\/?\d*$/.test(url.pathname)) {
    // what was typed may hold a password
    const found = url === undefined ? 'another text' : `an address of ${url.protocol.replace(':', '')}`;
    throw new InvalidInput([{ path: '--queue', expected: 'redis://HOST:PORT, or rediss:// for TLS', found }]);
  }
  const database = url.pathname === '/' ? '' : url.pathname;
  return { url: text, shown: `${url.protocol}//${url.host}${database}` };
}

interface Packages {
  readonly bullmq: typeof import('bullmq');
  readonly Client: typeof Redis;
}

/** BullMQ and its client, which are installed where queues are used; throws InvalidInput with how to install them. */
export async function queuePackages(): Promise<Packages> {
  try {
    const [bullmq, { Redis: Client }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, Client };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    const expected = 'the packages bullmq and ioredis (npm install bullmq ioredis)';
    throw new InvalidInput([{ path: '--queue', expected, found: 'none installed' }]);
  }
}

/**
 * Connections to a Redis that answers. Once it has answered it may go away for a minute, as when it is started anew.
 *
 * Throws InvalidInput if it doesn't answer, after three tries.
 *
 * @param onLost told when it has been gone for too long
 */
export async function connectTo(
  address: QueueAddress,
  { Client }: Packages,
  onLost: (error: Error) => void,
): Promise<() => Redis> {
  const first = new Client(address.url, {
    ...{ lazyConnect: true, maxRetriesPerRequest: 0, connectTimeout: 5_000 },
    retryStrategy: (tries) => (tries < triesAtFirst ? waitBetween : null),
  });
  // each try is told there, too; what counts is how it ends
  let reason = 'no answer';
  first.on('error', (error) => {
    reason = error.message;
  });
  try {
    await first.connect();
    await first.ping();
  } catch (error) {
    const why = error instanceof Error && error.message !== 'Connection is closed.' ? error.message : reason;
    const found = `${why.replaceAll(address.url, address.shown)} (${triesAtFirst} tries)`;
    throw new InvalidInput([{ path: '--queue', expected: `a Redis that answers at ${address.shown}`, found }]);
  } finally {
    first.disconnect();
  }
  return () => {
    const client = new Client(address.url, {
      // what is asked waits until it is there again
      maxRetriesPerRequest: null,
      enableReadyCheck: true,
      retryStrategy: (tries) => {
        if (tries <= triesUnderWay) return waitBetween;
        const expected = `a Redis that answers at ${address.shown}`;
        const found = `none any more (${triesUnderWay} tries)`;
        onLost(new InvalidInput([{ path: '--queue', expected, found }]));
        return null;
      },
    });
    return quiet(client);
  };
}

/** Errors are told by onLost when trying again is over; BullMQ makes further connections of one. */
function quiet(client: Redis): Redis {
  client.on('error', () => undefined);
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (...given) => quiet(duplicate(...given));
  return client;
}
