package org.sluice.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class ApiKeyAuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private final KeyDatabase database = new KeyDatabase();
    private final ApiKeyText good = ApiKeyText.generate(new SecureRandom());
    private final ApiKeyText revoked = ApiKeyText.generate(new SecureRandom());
    private final ApiKeyText expired = ApiKeyText.generate(new SecureRandom());
    private final ApiKeyText testing = ApiKeyText.generate(new SecureRandom());
    private final ApiKeys keys = new ApiKeys();
    private final ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator();
    private long nanos = 1;

    @BeforeEach
    void fill() {
        keys.config = GatewayConfig.of(Map.of());
        keys.nanoTime = () -> nanos;
        authenticator.keys = keys;
        authenticator.clock = Clock.fixed(NOW, ZoneOffset.UTC);
        database.insert(good, "prod", "2026-11-22T12:00:01Z", false);
        database.insert(testing, "test", null, false);
        database.insert(revoked, "prod", null, true);
        database.insert(expired, "prod", "2026-11-22T12:00:00Z", false);
        keys.use(new GatewayDatabase(database));
    }

    private GatewayException refusal(String presented) {
        return catchThrowableOfType(GatewayException.class, () -> authenticator.authenticate(presented));
    }

    @Test
    void a_key_tells_its_caller() throws SQLException {
        keys.refresh();
        assertThat(authenticator.authenticate(good.text())).isEqualTo(new Caller(1, good.prefix(), "k", "acme", "prod"));
        assertThat(authenticator.authenticate(testing.text()).environment()).isEqualTo("test");
    }

    @Test
    void unknown_wrong_revoked_and_expired_keys_are_refused_with_the_same_words() throws SQLException {
        keys.refresh();
        String wrongSecret = good.prefix() + "." + testing.secret();
        String wrongPrefix = "00000000." + good.secret();
        for (String text : List.of(wrongSecret, wrongPrefix, revoked.text(), expired.text())) {
            GatewayException e = refusal(text);
            assertThat(e.type()).isEqualTo(ErrorType.AUTHENTICATION);
            assertThat(e).hasMessage(PresentedKey.WRONG);
        }
        assertThat(authenticator.refusals()).isEqualTo(4);
    }

    @Test
    void the_stored_hash_is_no_key() throws SQLException {
        keys.refresh();
        assertThat(refusal(good.secretHash()).type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(refusal(good.prefix() + "." + good.secretHash().substring(0, 32)).type()).isEqualTo(ErrorType.AUTHENTICATION);
    }

    static List<String> malformed() {
        return List.of("", " ", "' OR '1'='1", "'; SELECT pg_sleep(8)--", "%", "abcdefgh", "abcdefgh.", "abcdefgh.short", "x".repeat(1 << 20),
                "abcdefgh.0123456789abcdefghijklmnopqrstuvX", "abcdefgh-0123456789abcdefghijklmnopqrstuv", "abcdefgh.0123456789abcdefghijklmnopqrst v",
                "abcdefgé.0123456789abcdefghijklmnopqrstuv", "abcdefgh.0123456789abcdefghijklmnopqrstu\u0000", "abcdefg٣.0123456789abcdefghijklmnopqrstuv");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_malformed_key_is_refused_before_anything_is_looked_up(String text) {
        assertThat(refusal(text).type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(database.connections).isZero();
    }

    @Test
    void null_is_malformed() {
        assertThat(refusal(null).type()).isEqualTo(ErrorType.AUTHENTICATION);
    }

    @Test
    void keys_that_share_their_beginning_are_different() throws SQLException {
        ApiKeyText twin = new ApiKeyText("AAAAAAAA", good.secret());
        ApiKeyText other = new ApiKeyText("AAAAAAAB", good.secret());
        database.insert(twin, "prod", null, false);
        database.insert(other, "test", null, false);
        keys.refresh();
        assertThat(authenticator.authenticate(twin.text()).keyPrefix()).isEqualTo("AAAAAAAA");
        assertThat(authenticator.authenticate(other.text()).keyPrefix()).isEqualTo("AAAAAAAB");
        String almost = twin.text().substring(0, 40) + (twin.text().endsWith("x") ? "y" : "x");
        assertThat(refusal(almost).type()).isEqualTo(ErrorType.AUTHENTICATION);
    }

    @Test
    void before_the_first_reading_nobody_can_be_known() {
        GatewayException e = refusal(good.text());
        assertThat(e.type()).isEqualTo(ErrorType.AUTH_UNAVAILABLE);
        assertThat(e.retryAfterSeconds()).isEqualTo(5);
        assertThat(keys.isUsable()).isFalse();
    }

    @Test
    void a_known_key_works_without_the_database_for_ten_minutes_and_then_is_neither_let_in_nor_called_wrong() throws SQLException {
        keys.refresh();
        database.isDown = true;
        assertThatThrownBy(keys::refresh).isInstanceOf(SQLException.class);
        nanos += Duration.ofMinutes(10).toNanos();
        assertThat(authenticator.authenticate(good.text()).organization()).isEqualTo("acme");
        assertThat(keys.isUsable()).isTrue();
        nanos++;
        assertThat(refusal(good.text()).type()).isEqualTo(ErrorType.AUTH_UNAVAILABLE);
        assertThat(refusal("00000000." + good.secret()).type()).isEqualTo(ErrorType.AUTH_UNAVAILABLE);
        assertThat(keys.isUsable()).isFalse();
        database.isDown = false;
        keys.refresh();
        assertThat(authenticator.authenticate(good.text()).organization()).isEqualTo("acme");
    }

    @Test
    void a_revoked_key_is_refused_after_the_next_reading() throws SQLException {
        keys.refresh();
        authenticator.authenticate(good.text());
        database.execute("UPDATE api_key SET revoked = TRUE WHERE prefix = '" + good.prefix() + "'");
        keys.refresh();
        assertThat(refusal(good.text()).type()).isEqualTo(ErrorType.AUTHENTICATION);
    }

    @Test
    void no_call_asks_the_database() throws SQLException {
        keys.refresh();
        int before = database.connections;
        for (int i = 0; i < 1_000; i++) {
            authenticator.authenticate(good.text());
            refusal(String.format("%08d.", i) + good.secret());
        }
        assertThat(database.connections).isEqualTo(before);
    }

    @Test
    void a_row_with_a_broken_hash_is_skipped() throws SQLException {
        database.execute("UPDATE api_key SET secret_hash = 'zz' WHERE prefix = '" + testing.prefix() + "'");
        keys.refresh();
        assertThat(refusal(testing.text()).type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(authenticator.authenticate(good.text()).keyName()).isEqualTo("k");
    }

    @Test
    void start_reads_the_keys_at_once_and_survives_a_database_that_is_down() {
        database.isDown = true;
        keys.start(new GatewayDatabase(database));
        assertThat(keys.isUsable()).isFalse();
        keys.stop();
        database.isDown = false;
        keys.start(new GatewayDatabase(database));
        assertThat(authenticator.authenticate(good.text()).organization()).isEqualTo("acme");
        keys.stop();
    }

    @Test
    void secrets_stay_out_of_texts() {
        assertThat(good.toString()).doesNotContain(good.secret());
        assertThatThrownBy(() -> ApiKeyText.read("abcdefgh.hidden")).hasMessageNotContaining("hidden");
    }
}
