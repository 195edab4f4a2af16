package org.sluice.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.config.GatewayConfig;

/** Reliability A7. */
class RefusalLimitTest {
    private static final String CLIENT = "203.0.113.7";
    private long nanos = -5;

    private RefusalLimit limit(int perMinute) {
        RefusalLimit limit = new RefusalLimit();
        limit.config = GatewayConfig.of(Map.of("gateway.apikey.refusals-per-minute", String.valueOf(perMinute)));
        limit.nanoTime = () -> nanos;
        limit.open();
        return limit;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static void use(RefusalLimit limit, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limit.refused(address)).as("refusal " + i + " of " + address).isZero();
        }
    }

    @Test
    void thirty_refusals_pass_and_the_next_has_to_wait() {
        RefusalLimit limit = limit(30);
        use(limit, CLIENT, 30);
        assertThat(limit.refused(CLIENT)).isEqualTo(2);
        assertThat(limit.refused(CLIENT)).as("what is over the limit does not count").isEqualTo(2);
        assertThat(limit.refused("203.0.113.8")).as("a neighbour").isZero();
    }

    @Test
    void the_allowance_comes_back_evenly_and_never_exceeds_a_minutes() {
        RefusalLimit limit = limit(30);
        use(limit, CLIENT, 30);
        pass(Duration.ofMillis(500));
        assertThat(limit.refused(CLIENT)).isEqualTo(2);
        pass(Duration.ofMillis(1_500));
        use(limit, CLIENT, 1);
        assertThat(limit.refused(CLIENT)).isPositive();
        pass(Duration.ofDays(3));
        use(limit, CLIENT, 30);
        assertThat(limit.refused(CLIENT)).isEqualTo(2);
    }

    @Test
    void the_limit_is_the_operators() {
        RefusalLimit once = limit(1);
        use(once, CLIENT, 1);
        assertThat(once.refused(CLIENT)).isEqualTo(60);
        use(limit(Integer.MAX_VALUE), CLIENT, 100_000);
    }

    @Test
    void ipv6_addresses_of_one_network_share_the_allowance() {
        RefusalLimit limit = limit(30);
        for (int i = 0; i < 30; i++) {
            use(limit, "2001:db8:7:1:0:0:0:" + Integer.toHexString(i), 1);
        }
        assertThat(limit.refused("2001:db8:7:1:ffff:1:2:3")).isPositive();
        assertThat(limit.refused("2001:db8:7:2:ffff:1:2:3")).isZero();
        use(limit, "0:0:0:0:0:0:0:1", 1);
    }

    @Test
    void neighbouring_addresses_have_slots_of_their_own() {
        RefusalLimit limit = limit(1);
        int shared = 0;
        for (int last = 0; last < 256; last++) {
            shared += limit.refused("10.0.0." + last) > 0 ? 1 : 0;
        }
        assertThat(shared).as("addresses of a network of 256 that share a slot").isLessThan(8);
    }

    @Test
    void a_million_addresses_take_no_more_memory_than_one() {
        RefusalLimit limit = limit(30);
        SplittableRandom random = new SplittableRandom(7);
        use(limit, CLIENT, 1);
        long before = usedMemory();
        for (int i = 0; i < 1_000_000; i++) {
            int address = random.nextInt();
            limit.refused((address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255));
        }
        assertThat(usedMemory() - before).as("bytes kept").isLessThan(16 << 20);
        for (int i = 0; i < 30; i++) {
            limit.refused(CLIENT);
        }
        assertThat(limit.refused(CLIENT)).as("the limit holds still").isPositive();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
