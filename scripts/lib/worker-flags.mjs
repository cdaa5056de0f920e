/**
 * What Node is told of a worker, which makes a lot and keeps little. As in docker/compose.yml.
 *
 * - As much room for what is just made as Node 20 takes by itself, whatever later versions take: each thread holds it.
 * - V8 must not put what it expects to last among the old at once. It learns that from the first accounts, which are
 *   computed from nothing; later ones are then collected with the old, at twice the cost and for as long as the worker runs.
 * - The room for what is just made is cleared by the thread that filled it: helpers wait for each other where PostgreSQL
 *   keeps the cores busy.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=16', '--no-allocation-site-pretenuring', '--no-parallel-scavenge'];
