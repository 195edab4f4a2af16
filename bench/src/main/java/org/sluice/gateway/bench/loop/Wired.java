package org.sluice.gateway.bench.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** What a {@link Loop} calls when a socket is ready; the attachment of its selection key. */
public interface Wired {
    /** @throws IOException which {@link #fail} gets */
    void ready(SelectionKey key) throws IOException;

    void fail(IOException cause);
}
