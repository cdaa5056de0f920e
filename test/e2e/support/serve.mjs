import { freshProduct } from './product.mjs';

/** Runs the product by its own start command on a small sample company, in a folder that is gone at the end. */
const product = await freshProduct();
/** @type {import('node:child_process').ChildProcess | null} */
let server = null;
let stopping = false;
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  process.on(signal, () => {
    stopping = true;
    server?.kill('SIGTERM');
  });
}

/** @param {number} code */
function leave(code) {
  product.close();
  process.exit(code);
}

await product.cli(['sample', 'load', '--accounts', '40', '--months', '4']).catch((error) => {
  console.error(error);
  leave(1);
});
if (stopping) leave(0);
server = product.start(process.env.PORT ?? '');
server.once('exit', (code) => leave(code ?? 1));
