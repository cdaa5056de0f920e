/**
 * What Node is told of a worker, which makes a lot and keeps little: half the usual room for what is just made. As in
 * docker/compose.yml.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=8'];
