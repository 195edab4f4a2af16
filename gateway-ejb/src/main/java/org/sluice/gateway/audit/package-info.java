/**
 * Who changed what.
 *
 * <p>A change of what an organization has stored writes its {@link org.sluice.gateway.audit.AuditEntry} in the same transaction,
 * so there is never the one without the other. The states before and after are JSON objects, and whoever writes them leaves
 * secrets out. Entries are never changed and have no foreign keys: they outlive what they name.
 *
 * <p>Threading: stateless; a connection belongs to the thread that writes.
 */
package org.sluice.gateway.audit;
