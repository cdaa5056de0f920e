import { createServer } from 'node:net';

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
export function isFree(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The port to listen on: the one asked for, else the default or the next free one after it.
 * @param {string | undefined} wanted
 * @param {number} standard
 * @param {string} host
 * @returns {Promise<{ port: number, movedFrom: number | null }>}
 */
export async function choosePort(wanted, standard, host) {
  if (wanted !== undefined && wanted !== '') {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT=${wanted} is not a port number`);
    if (await isFree(port, host)) return { port, movedFrom: null };
    throw new Error(`Port ${port} is taken. Set PORT to a free one, or leave PORT out to let Steward choose.`);
  }
  for (let port = standard; port < standard + 200; port++) {
    if (await isFree(port, host)) return { port, movedFrom: port === standard ? null : standard };
  }
  throw new Error(`No free port between ${standard} and ${standard + 199}`);
}
