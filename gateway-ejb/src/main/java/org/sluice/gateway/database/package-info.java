/**
 * The gateway's one database: where it is, and its schema.
 *
 * <p>The DataSource is the server's own, under {@code jdbc/gateway}: PostgreSQL, or H2 in its PostgreSQL mode. Flyway
 * brings the schema up from the scripts named in {@link org.sluice.gateway.database.SchemaMigrations}; nothing is found
 * by scanning a class path, which does not work in every archive. Scripts are additive: a column may come, none goes or
 * changes its meaning while a released version writes it. Nothing here is on the request path.
 *
 * <p>What steers calls is read whole into memory: {@link org.sluice.gateway.database.StoredArea}s, kept current by {@link
 * org.sluice.gateway.database.StoredChanges}, at once after a write of this node and within {@code gateway.stored.refresh}
 * after one of another.
 */
package org.sluice.gateway.database;
