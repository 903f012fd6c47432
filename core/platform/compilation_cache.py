"""The persistent cache of compiled programs, in the user's cache folder."""

import os

import jax

from core.platform.user_folders import cache_folder


def use_compilation_cache() -> None:
    """Keep compiled programs between starts: the first step is several times faster.

    `JAX_COMPILATION_CACHE_DIR` names another folder. Without a writable one JAX
    compiles as usual, without a message.
    """
    if not os.environ.get("JAX_COMPILATION_CACHE_DIR"):
        folder = cache_folder() / "compiled"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:  # JAX would warn at each program
            return
        jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    jax.config.update("jax_raise_persistent_cache_errors", False)
