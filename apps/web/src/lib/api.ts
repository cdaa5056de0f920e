import type { ApiErrorBody } from '@steward/shared/common';

/** The API refused or could not be reached. `code` is stable, `message` is made for people, `details` say where. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: ApiErrorBody['details'] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type QueryValue = string | number | boolean | null | undefined;

export interface RequestOptions {
  /** Sent as JSON, or as it is when it is a file or a form. */
  body?: unknown;
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
}

/** `/api/v1` + path + the query's values that are set. */
export function apiUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

/** A page of another site cannot set this header, so its forged requests are refused. */
export const OWN_REQUEST = { 'x-steward-request': '1' } as const;

const isRaw = (body: unknown): body is Blob | FormData => body instanceof Blob || body instanceof FormData;

/** The answer as it is; a refusal becomes an ApiError. */
export async function requestRaw(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
  const { body, query, signal } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') Object.assign(headers, OWN_REQUEST);
  if (body !== undefined && !isRaw(body)) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? undefined : isRaw(body) ? body : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  if (!response.ok) throw refusal(response.status, await response.text().catch(() => ''));
  return response;
}

export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await requestRaw(method, path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const unreachable = (): ApiError =>
  new ApiError(0, 'UNREACHABLE', 'Steward cannot be reached. Check the connection and try again.');

function parsed(text: string): Partial<ApiErrorBody> | null {
  try {
    return JSON.parse(text) as Partial<ApiErrorBody> | null;
  } catch {
    return null;
  }
}

/** What a refused request says; a proxy's own page of HTML has no code and no message for people. */
export function refusal(status: number, text: string): ApiError {
  const body = parsed(text);
  // The server's own words for it are made for programs too.
  if (body?.code === 'NOT_SIGNED_IN') {
    return new ApiError(status, body.code, 'You are no longer signed in. Sign in again to go on.');
  }
  if (body && typeof body.code === 'string' && typeof body.message === 'string') {
    return new ApiError(status, body.code, body.message, body.details ?? []);
  }
  const message =
    status >= 500
      ? 'Steward is not answering as it should. Nothing was lost; try again in a moment.'
      : `The request was refused (${status}).`;
  return new ApiError(status, `HTTP_${status}`, message);
}

/** What went wrong, in words for a person: the message, then each place it names. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) {
    const places = error.details.map((each) => (each.path ? `${each.path}: ${each.message}` : each.message));
    return [error.message, ...places.filter((place) => !error.message.includes(place))].join(' · ');
  }
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** Saves an answer of the API as a file, under the name that the server gives it. */
export async function download(method: Method, path: string, fallbackName: string, options: RequestOptions = {}) {
  const response = await requestRaw(method, path, options);
  const named = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '');
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = named?.[1] ?? fallbackName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
