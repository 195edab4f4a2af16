package org.sluice.gateway.vault;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.Sql;

/**
 * Seals again what another key than the present one sealed. A row is changed only if it still is what was read: several
 * nodes may do it at once, it may end anywhere and run again. What does not open stays as it is.
 */
@ApplicationScoped
public class Rewrap {
    private static final Logger LOG = System.getLogger(Rewrap.class.getName());
    @Inject Vault vault;

    private record Row(String id, String organization, String sealed) { }

    /** For tests. */
    static Rewrap of(Vault vault) {
        Rewrap rewrap = new Rewrap();
        rewrap.vault = vault;
        return rewrap;
    }

    /** @return how many values were sealed again */
    public int run(GatewayDatabase database) throws SQLException {
        int done = 0;
        int shut = 0;
        for (SealedColumn column : SealedColumn.ALL) {
            for (Row row : rows(database, column)) {
                Optional<String> secret = vault.isCurrent(row.sealed) ? Optional.empty() : vault.open(column, row.id, row.organization, row.sealed);
                if (secret.isPresent()) {
                    done += replace(database, column, row, vault.seal(column, row.id, row.organization, secret.get()));
                } else if (!vault.isCurrent(row.sealed)) {
                    shut++;
                }
            }
        }
        if (done > 0) {
            LOG.log(Level.INFO, "{0} stored secrets were encrypted again by the present key of the vault.", done);
        }
        if (shut > 0) {
            LOG.log(Level.WARNING, "{0} stored secrets cannot be read: the key they were encrypted with is missing. Add it to GATEWAY_VAULT_PREVIOUS_KEYS.", shut);
        }
        return done;
    }

    private static List<Row> rows(GatewayDatabase database, SealedColumn column) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return Sql.query(connection, "SELECT id, organization, " + column.column() + " FROM " + column.table() + " WHERE " + column.column()
                    + " IS NOT NULL", row -> new Row(row.getString(1), row.getString(2), row.getString(3)));
        }
    }

    private static int replace(GatewayDatabase database, SealedColumn column, Row row, String sealed) throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); GatewayDatabase.WriteTurn turn = database.turnToWrite(connection)) {
            return Sql.update(connection, "UPDATE " + column.table() + " SET " + column.column() + " = ? WHERE id = ? AND " + column.column() + " = ?",
                    sealed, row.id, row.sealed);
        }
    }
}
