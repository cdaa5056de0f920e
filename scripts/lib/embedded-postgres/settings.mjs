import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

const MB = 1024 * 1024;

/**
 * Server settings. `shipped` keeps PostgreSQL's full durability; `test` gives it up, for clusters that live for one run.
 * @param {'shipped' | 'test'} purpose
 * @returns {Record<string, string>}
 */
export function serverSettings(purpose) {
  const memory = usableMemory();
  const common = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    random_page_cost: '1.1',
    dynamic_shared_memory_type: sharedMemoryType(),
  };
  if (purpose === 'test') {
    return {
      ...common,
      max_connections: '200',
      shared_buffers: megabytes(Math.min(memory / 8, 256 * MB)),
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_wal_size: '2GB',
      autovacuum_naptime: '10s',
    };
  }
  return {
    ...common,
    max_connections: '120',
    shared_buffers: megabytes(Math.min(memory / 4, 2048 * MB)),
    effective_cache_size: megabytes(memory / 2),
    work_mem: megabytes(Math.min(Math.max(memory / 256, 4 * MB), 32 * MB)),
    maintenance_work_mem: megabytes(Math.min(memory / 16, 512 * MB)),
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
  };
}

/** Memory of the machine, or of the container where that is less. */
function usableMemory() {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** @param {number} bytes */
const megabytes = (bytes) => `${Math.max(1, Math.floor(bytes / MB))}MB`;

/** Containers often have a /dev/shm too small for parallel queries; ordinary files serve there. */
function sharedMemoryType() {
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'posix';
  try {
    const { blocks, bsize } = statfsSync('/dev/shm');
    return blocks * bsize >= 512 * MB ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}
