import { sampleProduct } from './product.mjs';

/** Runs the product by its own start command on a small sample company, in a folder that is gone at the end. */
/** @type {import('node:child_process').ChildProcess | null} */
let server = null;
let stopping = false;
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  process.on(signal, () => {
    stopping = true;
    server?.kill('SIGTERM');
  });
}

const product = await sampleProduct();

/** @param {number} code */
function leave(code) {
  product.close();
  process.exit(code);
}

if (stopping) leave(0);
server = product.start(process.env.PORT ?? '');
server.once('exit', (code) => leave(code ?? 1));
