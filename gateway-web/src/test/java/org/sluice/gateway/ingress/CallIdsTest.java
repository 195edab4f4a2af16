package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallIdsTest {
    @Test
    void ids_are_version_7_unique_and_ordered_by_time() {
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            UUID id = CallIds.next(1_700_000_000_000L);
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(seen.add(id)).isTrue();
        }
        assertThat(CallIds.next(1_700_000_000_001L).toString()).isGreaterThan(CallIds.next(1_700_000_000_000L).toString());
    }
}
