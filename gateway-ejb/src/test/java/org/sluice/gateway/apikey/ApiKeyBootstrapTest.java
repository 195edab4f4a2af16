package org.sluice.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;

class ApiKeyBootstrapTest {
    private static final String KEY = "AAAAAAAA.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String TEST_KEY = "BBBBBBBB.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private final KeyDatabase database = new KeyDatabase();
    @TempDir Path data;

    private void ensure(Map<String, String> settings) throws SQLException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("GATEWAY_DATA_DIR", data.resolve("gateway").toString());
        ApiKeyBootstrap bootstrap = new ApiKeyBootstrap();
        bootstrap.config = GatewayConfig.of(all);
        bootstrap.ensure(new GatewayDatabase(database));
    }

    private Caller authenticate(String text) throws SQLException {
        ApiKeys keys = new ApiKeys();
        keys.config = GatewayConfig.of(Map.of());
        keys.use(new GatewayDatabase(database));
        keys.refresh();
        ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator();
        authenticator.keys = keys;
        return authenticator.authenticate(text);
    }

    @Test
    void given_keys_work_and_no_file_is_written() throws SQLException {
        ensure(Map.of("GATEWAY_BOOTSTRAP_KEY", KEY, "GATEWAY_BOOTSTRAP_TEST_KEY", TEST_KEY));
        assertThat(authenticate(KEY)).returns("default", Caller::organization).returns("prod", Caller::environment);
        assertThat(authenticate(TEST_KEY)).returns("default", Caller::organization).returns("test", Caller::environment);
        assertThat(data.resolve("gateway/bootstrap-key")).doesNotExist();
    }

    @Test
    void a_generated_key_is_in_a_file_for_the_owner_and_works() throws SQLException, IOException {
        ensure(Map.of());
        Path file = data.resolve("gateway/bootstrap-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(authenticate(Files.readString(file).strip()).environment()).isEqualTo("prod");
    }

    @Test
    void two_databases_get_different_keys() throws SQLException, IOException {
        ensure(Map.of());
        String first = Files.readString(data.resolve("gateway/bootstrap-key"));
        database.execute("DELETE FROM api_key");
        ensure(Map.of());
        assertThat(Files.readString(data.resolve("gateway/bootstrap-key"))).isNotEqualTo(first);
    }

    @Test
    void a_database_with_keys_is_left_alone() throws SQLException {
        ensure(Map.of("GATEWAY_BOOTSTRAP_KEY", KEY));
        ensure(Map.of("GATEWAY_BOOTSTRAP_KEY", TEST_KEY));
        ensure(Map.of());
        assertThat(data.resolve("gateway/bootstrap-key")).doesNotExist();
        assertThatThrownBy(() -> authenticate(TEST_KEY)).hasMessage(PresentedKey.WRONG);
        assertThat(authenticate(KEY).keyPrefix()).isEqualTo("AAAAAAAA");
    }

    @Test
    void keys_with_one_prefix_are_refused() {
        assertThatThrownBy(() -> ensure(Map.of("GATEWAY_BOOTSTRAP_KEY", KEY, "GATEWAY_BOOTSTRAP_TEST_KEY", KEY)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("must differ before the dot");
    }

    @Test
    void a_database_that_is_down_is_told_and_leaves_nothing_behind() {
        database.isDown = true;
        assertThatThrownBy(() -> ensure(Map.of())).isInstanceOf(SQLException.class);
        assertThat(data.resolve("gateway/bootstrap-key")).doesNotExist();
    }
}
