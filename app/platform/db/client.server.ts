import { PrismaPg } from "@prisma/adapter-pg";
import type { Prisma } from "~/generated/prisma/client";
import { PrismaClient } from "~/generated/prisma/client";

export type Db = PrismaClient;
/** A transaction, or the client itself where a single statement is enough. */
export type Tx = Prisma.TransactionClient;

/** One pool per process (at most `max` connections). Close with `$disconnect()`. */
export function createDb(connectionString: string, max = 10): Db {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max }) });
}

/** True when a unique constraint or index was violated (PostgreSQL 23505). */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
