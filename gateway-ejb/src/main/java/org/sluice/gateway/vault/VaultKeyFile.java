package org.sluice.gateway.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The generated key of a gateway with an embedded database: {@code vault-key} in the data folder, mode 0600. */
record VaultKeyFile(Path folder) {
    private static final String NAME = "vault-key";
    private static final Logger LOG = System.getLogger(VaultKeyFile.class.getName());

    /**
     * The key in the file.
     *
     * @throws IllegalStateException when what is there is no key: it is never overwritten
     */
    Optional<VaultKey> read() {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VaultKey(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("The vault key " + file.toAbsolutePath() + " cannot be read.", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The file " + file.toAbsolutePath() + " does not hold 32 bytes in base64; put the right one there.");
        }
    }

    /** Makes a key; the file is whole on the disk, or not there. */
    VaultKey generate(SecureRandom random) {
        byte[] key = new byte[VaultKey.KEY_BYTES];
        random.nextBytes(key);
        String text = Base64.getEncoder().encodeToString(key);
        Path file = folder.resolve(NAME);
        Path part = folder.resolve(NAME + ".part");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(part);
            try (FileChannel out = FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                out.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The vault key cannot be written to " + file.toAbsolutePath() + "; set GATEWAY_VAULT_KEY or GATEWAY_DATA_DIR.", e);
        }
        LOG.log(Level.INFO, "The key of the vault was written to {0}; keep a copy apart from the database.", file.toAbsolutePath());
        return new VaultKey(text);
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isPosix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
    }
}
