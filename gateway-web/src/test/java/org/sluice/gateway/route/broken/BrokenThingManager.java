package org.sluice.gateway.route.broken;

import java.net.Socket;
import org.sluice.gateway.apikey.ApiKey;
import org.sluice.gateway.meter.broken.BrokenCounter;

/** Breaks four rules on purpose: its name, a socket, an entity, a cycle. */
public class BrokenThingManager {
    public Socket socket;
    public ApiKey row;
    public BrokenCounter counter;
}
