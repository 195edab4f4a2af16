package org.sluice.gateway.prompt;

import java.sql.SQLException;
import org.sluice.gateway.database.StoredDatabase;

class H2PromptsTest extends PromptsContract {
    @Override
    StoredDatabase database() throws SQLException {
        return StoredDatabase.h2();
    }
}
