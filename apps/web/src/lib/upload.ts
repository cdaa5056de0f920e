import { ApiError, apiUrl, OWN_REQUEST, type QueryValue, refusal, unreachable } from './api.js';

interface UploadOptions {
  query?: Record<string, QueryValue>;
  /** The share of the file that is on its way, 0 to 1. */
  onProgress: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends a file as the request's body. Only XMLHttpRequest tells how far an upload has come. */
export function upload<T>(path: string, file: Blob, { query, onProgress, signal }: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path, query));
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries(OWN_REQUEST)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new ApiError(0, 'CANCELLED', 'The upload was stopped. Nothing was kept.'));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(JSON.parse(responseText) as T);
      else reject(refusal(status, responseText));
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
