/**
 * What Node is told of a worker, which makes a lot and keeps little. As in docker/compose.yml.
 *
 * - Half the usual room for what is just made.
 * - V8 must not put what it expects to last among the old at once. It learns that from the first accounts, which are
 *   computed from nothing; later ones are then collected with the old, at twice the cost and for as long as the worker runs.
 * - The room for what is just made is cleared by the thread that filled it: helpers wait for each other where PostgreSQL
 *   keeps the cores busy.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=8', '--no-allocation-site-pretenuring', '--no-parallel-scavenge'];
