import type { Server } from 'node:http';

/**
 * Takes no more connections, lets running requests end, then cuts what is left. Idle kept-alive connections are closed
 * at once.
 */
export function closeServer(server: Server, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
