package org.knockon.systemtests.warroom;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.util.Map;

/** Ends threads of another JVM by a fault, through its debugging port: nothing in the program itself is there for it. */
final class ThreadKiller implements AutoCloseable {

    private final VirtualMachine target;

    /** @param port at which the other JVM listens for a debugger */
    ThreadKiller(String port) throws Exception {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(port);
        target = socket.attach(arguments);
    }

    /** Throws {@link KilledMain#FAULT} in it, wherever it is. */
    void kill(String thread) throws Exception {
        ThreadReference victim = target.allThreads().stream()
                .filter(each -> each.name().equals(thread))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no thread " + thread));
        ReferenceType holder = target.classesByName(KilledMain.class.getName()).get(0);
        victim.stop((ObjectReference) holder.getValue(holder.fieldByName("FAULT")));
    }

    @Override
    public void close() {
        target.dispose();
    }
}
