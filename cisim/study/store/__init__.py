"""Result folders: begun, filled shard by shard, continued after a stop, put together at the end."""
