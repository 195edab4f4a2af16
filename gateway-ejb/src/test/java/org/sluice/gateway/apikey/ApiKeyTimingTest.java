package org.sluice.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.error.GatewayException;

/** Smoke tests of cost and evenness on a shared machine: bounds are wide, the figures are printed. */
class ApiKeyTimingTest {
    private static final int ROUNDS = 20_000;
    private final KeyDatabase database = new KeyDatabase();
    private final ApiKeyText good = ApiKeyText.generate(new SecureRandom());
    private final ApiKeyText revoked = ApiKeyText.generate(new SecureRandom());
    private final ApiKeyText expired = ApiKeyText.generate(new SecureRandom());
    private final ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator();

    @BeforeEach
    void fill() throws SQLException {
        ApiKeys keys = new ApiKeys();
        keys.config = GatewayConfig.of(Map.of());
        database.insert(good, "prod", null, false);
        database.insert(revoked, "prod", null, true);
        database.insert(expired, "prod", "2020-01-01T00:00:00Z", false);
        keys.use(new GatewayDatabase(database));
        keys.refresh();
        authenticator.keys = keys;
    }

    @Test
    void authentication_costs_a_few_microseconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        String text = good.text();
        long checked = 0;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long began = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < ROUNDS; i++) {
                checked += authenticator.authenticate(text).keyId();
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - began) / 1_000.0 / ROUNDS);
        }
        System.out.printf("authenticate: %.2f us CPU%n", best);
        assertThat(checked).isEqualTo(10L * ROUNDS * authenticator.authenticate(text).keyId());
        assertThat(best).isLessThan(3.0 * 5);
    }

    @Test
    void every_refusal_takes_about_the_same_time() {
        List<String> cases = List.of("00000000." + good.secret(), good.prefix() + "." + revoked.secret(), revoked.text(), expired.text());
        long[][] nanos = new long[cases.size()][ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < cases.size(); i++) {
                int at = (i + Math.floorMod(round, cases.size())) % cases.size();
                long began = System.nanoTime();
                boolean isRefused = isRefused(cases.get(at));
                long took = System.nanoTime() - began;
                assertThat(isRefused).isTrue();
                if (round >= 0) {
                    nanos[at][round] = took;
                }
            }
        }
        long[] medians = new long[cases.size()];
        for (int i = 0; i < medians.length; i++) {
            Arrays.sort(nanos[i]);
            medians[i] = nanos[i][ROUNDS / 2];
        }
        System.out.printf("refusals, median ns: unknown %d, wrong secret %d, revoked %d, expired %d%n", medians[0], medians[1], medians[2], medians[3]);
        assertThat(Arrays.stream(medians).max().orElseThrow() - Arrays.stream(medians).min().orElseThrow()).isLessThan(20_000);
    }

    private boolean isRefused(String text) {
        try {
            authenticator.authenticate(text);
            return false;
        } catch (GatewayException e) {
            return true;
        }
    }
}
