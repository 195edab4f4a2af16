/**
 * The gateway's one database: where it is, and its schema.
 *
 * <p>The DataSource is the server's own, under {@code jdbc/gateway}: PostgreSQL, or H2 in its PostgreSQL mode. Flyway
 * brings the schema up from the scripts named in {@link org.sluice.gateway.database.SchemaMigrations}; nothing is found
 * by scanning a class path, which does not work in every archive. Scripts are additive: a column may come, none goes or
 * changes its meaning while a released version writes it. Nothing here is on the request path.
 */
package org.sluice.gateway.database;
