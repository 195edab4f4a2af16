package org.sluice.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.prompt.VersionCache.Key;

class VersionCacheTest {
    private static CompiledVersion version(int length) {
        return CompiledVersion.read("p", 1, new RawJson("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(length) + "\"}]}"));
    }

    @Test
    void an_organization_holds_so_much_and_loses_what_it_used_least() {
        VersionCache cache = new VersionCache(1 << 20);
        for (int i = 0; i < 1_000; i++) {
            cache.keep("acme", new Key("p", i, 1), version(1_000));
            cache.find("acme", new Key("p", 0, 1));
        }
        long held = java.util.stream.IntStream.range(0, 1_000).filter(i -> cache.find("acme", new Key("p", i, 1)) != null).count();
        assertThat(held).isBetween(20L, 40L);
        assertThat(cache.find("acme", new Key("p", 0, 1))).as("used all the time").isNotNull();
        assertThat(cache.find("acme", new Key("p", 999, 2))).as("another state").isNull();
    }

    @Test
    void one_organization_does_not_push_out_anothers() {
        VersionCache cache = new VersionCache(1 << 18);
        cache.keep("other", new Key("p", 1, 1), version(10));
        for (int i = 0; i < 100; i++) {
            cache.keep("acme", new Key("p", i, 1), version(1_000));
        }
        assertThat(cache.find("other", new Key("p", 1, 1))).isNotNull();
        assertThat(cache.hasRoom("acme")).isTrue();
    }
}
