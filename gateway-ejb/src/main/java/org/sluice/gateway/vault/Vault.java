package org.sluice.gateway.vault;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Seals and opens secrets. Until {@link #unlock} it holds no key. */
@ApplicationScoped
public class Vault {
    private static final Logger LOG = System.getLogger(Vault.class.getName());
    private static final String VERSION = "v1";
    private static final int RETRY_AFTER_SECONDS = 60;
    @Inject GatewayConfig config;
    private final SecureRandom random = new SecureRandom();
    private volatile Keys keys = new Keys(null, Map.of());

    /** @param present seals; null when there is none */
    private record Keys(VaultKey present, Map<String, VaultKey> byId) { }

    /** For tests: unlocked with the keys of these settings. */
    public static Vault of(GatewayConfig config, boolean isEmbedded) {
        Vault vault = new Vault();
        vault.config = config;
        vault.unlock(isEmbedded);
        return vault;
    }

    /**
     * Takes the operator's keys, or the generated one.
     *
     * @param isEmbedded whether the database lies in the data folder too; only then is a key generated
     * @throws IllegalStateException when the file of the generated key holds something else
     */
    public void unlock(boolean isEmbedded) {
        VaultKeyFile file = new VaultKeyFile(config.dataDir());
        Map<String, VaultKey> known = new LinkedHashMap<>();
        config.vaultPreviousKeys().stream().map(VaultKey::new).forEach(key -> known.put(key.id(), key));
        file.read().ifPresent(key -> known.put(key.id(), key));
        VaultKey present = config.vaultKey().map(VaultKey::new).or(file::read).orElse(null);
        if (present == null && isEmbedded) {
            present = file.generate(random);
        }
        if (present == null) {
            LOG.log(Level.WARNING, "GATEWAY_VAULT_KEY is not set: provider keys cannot be stored. Make one by: openssl rand -base64 32");
        } else {
            known.put(present.id(), present);
        }
        keys = new Keys(present, Map.copyOf(known));
    }

    /** Whether secrets can be sealed. */
    public boolean isUnlocked() {
        return keys.present != null;
    }

    /**
     * @param row the row's id; the value opens in no other row
     * @throws GatewayException VAULT_LOCKED when there is no key
     */
    public String seal(SealedColumn column, String row, String organization, String secret) {
        VaultKey present = keys.present;
        if (present == null) {
            throw new GatewayException(ErrorType.VAULT_LOCKED, "This gateway cannot store secrets: it has no key to encrypt them with. "
                    + "The operator sets GATEWAY_VAULT_KEY, for instance to what 'openssl rand -base64 32' prints.").retryAfter(RETRY_AFTER_SECONDS);
        }
        byte[] sealed = present.seal(column, column.place(present.id(), row, organization), secret.getBytes(StandardCharsets.UTF_8), random);
        return VERSION + ":" + present.id() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The secret; empty when its key is not known, or it was moved from another place or changed. */
    public Optional<String> open(SealedColumn column, String row, String organization, String sealed) {
        String[] parts = sealed.split(":", -1);
        VaultKey key = parts.length == 3 && parts[0].equals(VERSION) ? keys.byId.get(parts[1]) : null;
        if (key == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(key.open(column, column.place(key.id(), row, organization), Base64.getUrlDecoder().decode(parts[2])))
                    .map(plain -> new String(plain, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Whether the present key sealed it. Also true when there is no key to seal it again by. */
    boolean isCurrent(String sealed) {
        VaultKey present = keys.present;
        return present == null || sealed.startsWith(VERSION + ":" + present.id() + ":");
    }
}
