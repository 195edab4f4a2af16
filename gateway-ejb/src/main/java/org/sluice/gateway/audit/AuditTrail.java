package org.sluice.gateway.audit;

import java.sql.Connection;
import java.sql.SQLException;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.database.Sql;

/** The table {@code audit_entry}. */
public final class AuditTrail {
    private AuditTrail() { }

    /** Part of the transaction that makes the change. */
    public static void write(Connection connection, AuditEntry entry) throws SQLException {
        Sql.update(connection, "INSERT INTO audit_entry (organization, occurred_at, key_id, key_name, action, subject_type, subject_id, state_before, state_after)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", entry.by().organization(), entry.at(), entry.by().keyId(), entry.by().keyName(), entry.action(),
                entry.subjectType(), entry.subjectId(), text(entry.before()), text(entry.after()));
    }

    private static String text(RawJson state) {
        return state == null ? null : state.text();
    }
}
