import { DefaultNamingStrategy, Table } from 'typeorm';

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function tableName(tableOrName: Table | string): string {
  const path = tableOrName instanceof Table ? tableOrName.name : tableOrName;
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The names that PostgreSQL itself gives: snake_case columns, `<table>_pkey` for primary keys. */
export class PostgresNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string): string {
    return customName || snakeCase(propertyName);
  }

  override primaryKeyName(tableOrName: Table | string): string {
    return `${tableName(tableOrName)}_pkey`;
  }
}
