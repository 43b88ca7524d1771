package org.knockon.streams;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends single threads of another JVM with an exception, like a debugger. */
final class ThreadKiller implements AutoCloseable {

    private final VirtualMachine vm;

    private ThreadKiller(VirtualMachine vm) {
        this.vm = vm;
    }

    /**
     * @param port on which the other JVM listens for debuggers: {@code
     *     -agentlib:jdwp=transport=dt_socket,server=y,suspend=n}
     */
    static ThreadKiller attach(int port) throws Exception {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.transport().name().equals("dt_socket"))
                .filter(connector -> connector.defaultArguments().containsKey("port"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        return new ThreadKiller(socket.attach(arguments));
    }

    /** Names of all threads of the other JVM. */
    List<String> threads() {
        return vm.allThreads().stream().map(ThreadReference::name).sorted().toList();
    }

    /** Waits for a thread whose name has this prefix and returns its full name. */
    String await(String prefix) throws InterruptedException {
        while (true) {
            Optional<String> found =
                    threads().stream().filter(name -> name.startsWith(prefix)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(20);
        }
    }

    /** Waits until there is no thread whose name has this prefix. */
    void awaitNone(String prefix) throws InterruptedException {
        while (threads().stream().anyMatch(name -> name.startsWith(prefix))) {
            Thread.sleep(20);
        }
    }

    /**
     * Makes a thread throw, wherever it is.
     *
     * @param holder class of the other JVM with the static field that holds the exception
     */
    void kill(String thread, Class<?> holder, String field) throws Exception {
        ClassType type = (ClassType) vm.classesByName(holder.getName()).get(0);
        ObjectReference thrown = (ObjectReference) type.getValue(type.fieldByName(field));
        ThreadReference victim = vm.allThreads().stream()
                .filter(candidate -> candidate.name().equals(thread))
                .findFirst()
                .orElseThrow();
        victim.stop(thrown);
    }

    /** A JVM that has ended, or ends at this moment, needs no detaching. */
    @Override
    public void close() {
        try {
            vm.dispose();
        } catch (VMDisconnectedException e) {
            // The JVM has ended.
        }
    }
}
