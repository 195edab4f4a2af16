package org.sluice.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;

class ApiKeyPostgresTest {
    private static final String KEY = "AAAAAAAA.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String TEST_KEY = "BBBBBBBB.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    @TempDir Path data;

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void keys_are_made_read_and_revoked_on_postgresql() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource source = postgres.getPostgresDatabase();
            for (String table : KeyDatabase.TABLES) {
                execute(source, table);
            }
            ApiKeyBootstrap bootstrap = new ApiKeyBootstrap();
            bootstrap.config = GatewayConfig.of(Map.of("GATEWAY_DATA_DIR", data.toString(), "GATEWAY_BOOTSTRAP_KEY", KEY,
                    "GATEWAY_BOOTSTRAP_TEST_KEY", TEST_KEY));
            bootstrap.ensure(new GatewayDatabase(source));
            bootstrap.ensure(new GatewayDatabase(source));
            ApiKeys keys = new ApiKeys();
            keys.config = bootstrap.config;
            keys.use(new GatewayDatabase(source));
            keys.refresh();
            ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator();
            authenticator.keys = keys;
            assertThat(authenticator.authenticate(KEY).environment()).isEqualTo("prod");
            assertThat(authenticator.authenticate(TEST_KEY).environment()).isEqualTo("test");
            execute(source, "UPDATE api_key SET expires_at = now() - interval '1 second' WHERE prefix = 'AAAAAAAA'");
            execute(source, "UPDATE api_key SET revoked = true WHERE prefix = 'BBBBBBBB'");
            keys.refresh();
            assertThatThrownBy(() -> authenticator.authenticate(KEY)).hasMessage(PresentedKey.WRONG);
            assertThatThrownBy(() -> authenticator.authenticate(TEST_KEY)).hasMessage(PresentedKey.WRONG);
        }
    }
}
