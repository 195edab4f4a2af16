package org.sluice.gateway.integration;

import java.sql.SQLException;
import org.sluice.gateway.database.StoredDatabase;

class H2ConnectedTest extends ConnectedContract {
    @Override
    StoredDatabase database() throws SQLException {
        return StoredDatabase.h2();
    }
}
