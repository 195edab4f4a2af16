package org.sluice.gateway.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class VaultTest {
    static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String NEW = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
    private static final String SECRET = "sk-SENTINEL-é-1234";
    @TempDir Path data;

    static GatewayConfig config(Path data, String present, String previous) {
        Map<String, String> settings = new HashMap<>(Map.of("GATEWAY_DATA_DIR", data.toString()));
        if (present != null) {
            settings.put("GATEWAY_VAULT_KEY", present);
        }
        if (previous != null) {
            settings.put("GATEWAY_VAULT_PREVIOUS_KEYS", previous);
        }
        return GatewayConfig.of(settings);
    }

    private Vault vault(String present, String previous) {
        return Vault.of(config(data, present, previous), false);
    }

    private static String sealed(Vault vault) {
        return vault.seal(SealedColumn.PROVIDER_KEY, "row", "acme", SECRET);
    }

    @Test
    void k8_a_sealed_value_names_its_key_and_never_repeats_itself() {
        Vault vault = vault(OLD, null);
        Set<String> different = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String sealed = sealed(vault);
            assertThat(sealed).matches("v1:[0-9a-f]{12}:[A-Za-z0-9_-]+").doesNotContain("SENTINEL").doesNotContain(OLD.substring(0, 8));
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.split(":")[2]);
            assertThat(bytes).hasSize(12 + SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 16);
            different.add(new String(bytes, 0, 12, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        assertThat(different).as("nonces").hasSize(1_000);
        assertThat(vault.open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed(vault))).contains(SECRET);
    }

    @Test
    void k9_a_value_that_was_moved_does_not_open() {
        Vault vault = vault(OLD, null);
        String sealed = sealed(vault);
        assertThat(vault.open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed)).contains(SECRET);
        assertThat(vault.open(SealedColumn.PROVIDER_KEY, "row2", "acme", sealed)).as("row").isEmpty();
        assertThat(vault.open(SealedColumn.PROVIDER_KEY, "row", "other", sealed)).as("organization").isEmpty();
        assertThat(vault.open(new SealedColumn("provider_key", "name"), "row", "acme", sealed)).as("column").isEmpty();
        assertThat(vault.open(SealedColumn.CUSTOM_PROVIDER, "row", "acme", sealed)).as("table").isEmpty();
        assertThat(vault.open(SealedColumn.PROVIDER_KEY, "rowa", "cme", sealed)).as("parts that run into each other").isEmpty();
    }

    @Test
    void k9_a_changed_value_does_not_open_and_no_text_is_an_accident() {
        Vault vault = vault(OLD, NEW);
        String sealed = sealed(vault);
        String[] parts = sealed.split(":");
        byte[] bytes = Base64.getUrlDecoder().decode(parts[2]);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThat(vault.open(SealedColumn.PROVIDER_KEY, "row", "acme", "v1:" + parts[1] + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .as("byte " + at).isEmpty();
        }
        String otherKey = vault(NEW, null).seal(SealedColumn.PROVIDER_KEY, "row", "acme", SECRET).split(":")[1];
        for (String text : new String[] {"", "v1", "v1:" + parts[1] + ":", "v1:" + parts[1] + ":AAAA", "v1:" + parts[1] + ":%%", "v2:" + parts[1] + ":" + parts[2],
            "v1:000000000000:" + parts[2], "v1:" + otherKey + ":" + parts[2], sealed + ":"}) {
            assertThat(vault.open(SealedColumn.PROVIDER_KEY, "row", "acme", text)).as(text).isEmpty();
        }
    }

    /** The envelope may say what it likes: each column's key is another, so even the right place does not help. */
    @Test
    void k9_each_column_has_a_key_of_its_own() {
        byte[] place = SealedColumn.PROVIDER_KEY.place("id", "row", "acme");
        VaultKey key = new VaultKey(OLD);
        byte[] sealed = key.seal(SealedColumn.PROVIDER_KEY, place, new byte[] {1, 2, 3}, new java.security.SecureRandom());
        assertThat(key.open(SealedColumn.PROVIDER_KEY, place, sealed)).containsExactly(1, 2, 3);
        assertThat(key.open(SealedColumn.CUSTOM_PROVIDER, place, sealed)).isNull();
        assertThat(new VaultKey(NEW).open(SealedColumn.PROVIDER_KEY, place, sealed)).isNull();
        assertThat(key.toString()).isEqualTo("VaultKey[" + key.id() + "]");
    }

    @Test
    void k10_old_and_new_are_readable_and_the_new_key_writes() {
        String old = sealed(vault(OLD, null));
        Vault both = vault(NEW, OLD);
        assertThat(both.open(SealedColumn.PROVIDER_KEY, "row", "acme", old)).contains(SECRET);
        assertThat(both.isCurrent(old)).isFalse();
        assertThat(both.isCurrent(sealed(both))).isTrue();
        assertThat(vault(NEW, null).open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed(both))).contains(SECRET);
        assertThat(vault(NEW, null).open(SealedColumn.PROVIDER_KEY, "row", "acme", old)).as("the old key is gone").isEmpty();
    }

    @Test
    void k11_an_embedded_database_gets_a_key_of_its_own_once() throws IOException {
        Vault first = Vault.of(config(data, null, null), true);
        Path file = data.resolve("vault-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        String text = Files.readString(file);
        assertThat(Base64.getDecoder().decode(text.strip())).hasSize(32);
        assertThat(Vault.of(config(data, null, null), true).open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed(first))).contains(SECRET);
        assertThat(Files.readString(file)).isEqualTo(text);
        Vault given = Vault.of(config(data, NEW, null), true);
        assertThat(given.open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed(first))).as("the generated key still opens").contains(SECRET);
        assertThat(given.isCurrent(sealed(first))).isFalse();
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void k11_two_gateways_have_two_keys(@TempDir Path other) {
        Vault one = Vault.of(config(data, null, null), true);
        Vault two = Vault.of(config(other, null, null), true);
        assertThat(two.open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed(one))).isEmpty();
    }

    @Test
    void k11_a_file_that_holds_no_key_is_not_overwritten() throws IOException {
        Files.writeString(data.resolve("vault-key"), "hidden");
        assertThatThrownBy(() -> Vault.of(config(data, null, null), true)).isInstanceOf(IllegalStateException.class).hasMessageContaining("vault-key")
                .hasMessageNotContaining("hidden");
        assertThat(Files.readString(data.resolve("vault-key"))).isEqualTo("hidden");
    }

    @Test
    void k11_without_a_key_and_with_another_database_nothing_is_sealed_and_the_caller_is_told_what_to_set() {
        Vault shut = vault(null, null);
        assertThat(shut.isUnlocked()).isFalse();
        assertThatThrownBy(() -> sealed(shut)).isInstanceOf(GatewayException.class).hasMessageContaining("GATEWAY_VAULT_KEY").hasMessageNotContaining("SENTINEL")
                .satisfies(e -> assertThat(((GatewayException) e).type()).isEqualTo(ErrorType.VAULT_LOCKED));
        assertThat(Files.exists(data.resolve("vault-key"))).isFalse();
        assertThat(vault(null, OLD).open(SealedColumn.PROVIDER_KEY, "row", "acme", sealed(vault(OLD, null)))).as("an older key still opens").contains(SECRET);
    }
}
