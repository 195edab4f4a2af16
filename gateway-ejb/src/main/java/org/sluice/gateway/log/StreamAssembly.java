package org.sluice.gateway.log;

/** Makes one JSON document of the frames of a streamed answer. */
@FunctionalInterface
interface StreamAssembly {
    /** Frames stay frames. */
    StreamAssembly NONE = (dialect, frames) -> null;

    /**
     * @param dialect the client's dialect
     * @return the answer as the dialect writes a whole one, or null when the frames cannot be read
     */
    byte[] assemble(String dialect, byte[] frames);
}
