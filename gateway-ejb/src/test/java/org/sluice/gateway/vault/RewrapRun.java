package org.sluice.gateway.vault;

import java.sql.SQLException;
import org.sluice.gateway.database.GatewayDatabase;

/** Runs the rewrap for tests of other packages. */
public final class RewrapRun {
    private RewrapRun() { }

    public static int of(Vault vault, GatewayDatabase database) throws SQLException {
        return Rewrap.of(vault).run(database);
    }
}
