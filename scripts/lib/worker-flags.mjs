/**
 * What Node is told of a worker. It makes a lot and keeps little: half the usual room for what is just made. Its threads
 * and the database keep all cores busy: each thread collects its own garbage, because V8's helpers would wait for a core
 * and for each other. As in docker/compose.yml.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=8', '--single-threaded-gc'];
